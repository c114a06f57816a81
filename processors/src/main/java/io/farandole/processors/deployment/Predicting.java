package io.farandole.processors.deployment;

import io.farandole.processors.steps.GivenUp;
import io.farandole.processors.vertex.VertexTrouble;
import java.io.IOException;
import java.util.List;

/**
 * Where models answer predictions, for programs that ask with a history of their own. Lists do not
 * come from there, so nobody's list waits for it; but a model that does not answer there is not
 * released either.
 */
interface Predicting {

    /** Nowhere. */
    Predicting NONE =
            new Predicting() {
                @Override
                public boolean isSomewhere() {
                    return false;
                }

                @Override
                public void prepare(String model, List<Served> served, int share) {}

                @Override
                public void follow(List<Served> served) {}
            };

    boolean isSomewhere();

    /**
     * Makes a model answer, for a share of the calls, and looks whether it answers as it does here.
     *
     * @param model its key in the objects
     * @param served what is released now; it gets the rest of the calls
     * @param share in percent
     * @throws GivenUp if it does not, or never will
     * @throws VertexTrouble if it does not now
     */
    void prepare(String model, List<Served> served, int share)
            throws IOException, InterruptedException, GivenUp, VertexTrouble;

    /**
     * Makes what is released, and nothing else, answer there; may be asked at any time.
     *
     * @throws GivenUp if that cannot be
     * @throws VertexTrouble if it cannot be now
     */
    void follow(List<Served> served)
            throws IOException, InterruptedException, GivenUp, VertexTrouble;
}
