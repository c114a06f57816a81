package io.farandole.local.culture;

import java.util.List;

/**
 * What kinds of offers there are, as the old platform named them.
 *
 * @param group the search group, by which the app looks for them
 * @param weight how many of a hundred offers are of it
 * @param isEvent whether it takes place at a time
 * @param minimumAge 0 for everybody
 * @param cheapest in euros; 0 where some are free
 */
record Subcategory(
        String id,
        String group,
        int weight,
        boolean isDigital,
        boolean isEvent,
        int minimumAge,
        int cheapest,
        int dearest,
        List<String> genres) {

    private static final List<String> FILM =
            List.of("Comédie", "Drame", "Action", "Animation", "Documentaire", "Horreur");
    private static final List<String> BOOK =
            List.of("Manga", "Roman", "Fantasy", "Policier", "Bande dessinée", "Poésie", "Essai");
    private static final List<String> MUSIC =
            List.of("Rap", "Pop", "Rock", "Électro", "Jazz", "Classique");
    private static final List<String> STAGE =
            List.of("Théâtre", "Danse", "Humour", "Cirque", "Opéra");
    private static final List<String> VISIT =
            List.of("Peinture", "Photographie", "Histoire", "Sciences", "Architecture");
    private static final List<String> GAME = List.of("Aventure", "Stratégie", "Sport", "Énigme");
    private static final List<String> ART = List.of("Dessin", "Couture", "Poterie", "Chant");

    static final List<Subcategory> ALL =
            List.of(
                    event("SEANCE_CINE", "CINEMA", 18, 5, 12, FILM),
                    event("CINE_PLEIN_AIR", "CINEMA", 1, 0, 6, FILM),
                    thing("CARTE_CINE_MULTISEANCES", "CINEMA", 1, 25, 60, FILM),
                    thing("LIVRE_PAPIER", "LIVRE", 24, 5, 35, BOOK),
                    digital("LIVRE_NUMERIQUE", "LIVRE", 4, 0, 2, 15, BOOK),
                    digital("TELECHARGEMENT_LIVRE_AUDIO", "LIVRE", 2, 0, 0, 20, BOOK),
                    event("CONCERT", "MUSIQUE", 9, 0, 70, MUSIC),
                    event("FESTIVAL_MUSIQUE", "MUSIQUE", 2, 15, 150, MUSIC),
                    thing("SUPPORT_PHYSIQUE_MUSIQUE", "MUSIQUE", 4, 9, 40, MUSIC),
                    digital("TELECHARGEMENT_MUSIQUE", "MUSIQUE", 2, 0, 1, 12, MUSIC),
                    event("SPECTACLE_REPRESENTATION", "SPECTACLE", 9, 0, 60, STAGE),
                    event("FESTIVAL_SPECTACLE", "SPECTACLE", 1, 0, 40, STAGE),
                    event("VISITE_GUIDEE", "VISITE", 3, 0, 15, VISIT),
                    thing("VISITE", "VISITE", 4, 0, 20, VISIT),
                    event("EVENEMENT_PATRIMOINE", "VISITE", 1, 0, 5, VISIT),
                    digital("VOD", "FILM", 3, 0, 2, 8, FILM),
                    thing("SUPPORT_PHYSIQUE_FILM", "FILM", 2, 8, 25, FILM),
                    digital("JEU_EN_LIGNE", "JEU", 2, 18, 5, 60, GAME),
                    thing("JEU_SUPPORT_PHYSIQUE", "JEU", 1, 15, 60, GAME),
                    event("ESCAPE_GAME", "JEU", 1, 12, 30, GAME),
                    digital("ABO_PRESSE_EN_LIGNE", "MEDIA", 1, 0, 0, 15, VISIT),
                    digital("PODCAST", "MEDIA", 1, 0, 0, 0, VISIT),
                    event("ATELIER_PRATIQUE_ART", "COURS", 2, 0, 50, ART),
                    thing("MATERIEL_ART_CREATIF", "BEAUX_ARTS", 2, 5, 40, ART));

    private static Subcategory event(
            String id, String group, int weight, int cheapest, int dearest, List<String> genres) {
        return new Subcategory(id, group, weight, false, true, 0, cheapest, dearest, genres);
    }

    private static Subcategory thing(
            String id, String group, int weight, int cheapest, int dearest, List<String> genres) {
        return new Subcategory(id, group, weight, false, false, 0, cheapest, dearest, genres);
    }

    private static Subcategory digital(
            String id,
            String group,
            int weight,
            int minimumAge,
            int cheapest,
            int dearest,
            List<String> genres) {
        return new Subcategory(
                id, group, weight, true, false, minimumAge, cheapest, dearest, genres);
    }

    boolean canBeFree() {
        return cheapest == 0;
    }
}
