package io.farandole.orchestrator.ledger;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.HashSet;
import java.util.Random;
import java.util.Set;
import java.util.UUID;
import org.junit.jupiter.api.Test;

class IdentitiesTest {

    @Test
    void isASetAlsoOfThoseThatBeginAlike() {
        Random random = new Random(5);
        Set<UUID> expected = new HashSet<>();
        Identities identities = new Identities();
        for (int i = 0; i < 20_000; i++) {
            UUID one = new UUID(random.nextInt(300), random.nextInt(60));
            assertThat(identities.add(one)).as("%s", one).isEqualTo(expected.add(one));
        }
        assertThat(identities.add(new UUID(0, 0))).isEqualTo(expected.add(new UUID(0, 0)));
        assertThat(identities.add(new UUID(0, 0))).isFalse();
    }
}
