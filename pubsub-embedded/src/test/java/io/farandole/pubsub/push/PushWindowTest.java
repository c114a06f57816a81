package io.farandole.pubsub.push;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class PushWindowTest {

    private final PushWindow window = new PushWindow();

    @Test
    void beginsSmallAndDoublesWithEachRoundThatGoesWell() {
        assertThat(fill()).isEqualTo(PushWindow.FIRST);
        succeed(PushWindow.FIRST);
        assertThat(fill()).isEqualTo(2 * PushWindow.FIRST);
        succeed(2 * PushWindow.FIRST);
        assertThat(window.size()).isEqualTo(4 * PushWindow.FIRST);
    }

    @Test
    void growsNoFurtherThanDocumented() {
        for (int i = 0; i < 10_000; i++) {
            window.sent();
            window.succeeded();
        }
        assertThat(window.size()).isEqualTo(PushWindow.LARGEST);
    }

    @Test
    void halvesWithAFailureAndGrowsSlowlyFromThere() {
        succeed(fill());
        succeed(fill());
        assertThat(window.size()).isEqualTo(16);
        window.sent();
        window.failed(0);
        assertThat(window.size()).isEqualTo(8);
        for (int i = 0; i < 8; i++) {
            window.sent();
            window.succeeded();
        }
        assertThat(window.size()).isBetween(8, 9);
    }

    @Test
    void pausesLongerWithEachFailureUntilOneSucceeds() {
        long now = 0;
        for (long pause : new long[] {100, 200, 400, 800}) {
            window.sent();
            assertThat(window.failed(now)).isEqualTo(pause);
            assertThat(window.hasRoom(now + pause - 1)).isFalse();
            now += pause;
            assertThat(window.hasRoom(now)).isTrue();
        }
        for (int i = 0; i < 10; i++) {
            window.sent();
            now += window.failed(now);
        }
        window.sent();
        assertThat(window.failed(now)).isEqualTo(PushWindow.LONGEST_PAUSE_MILLIS);
        window.sent();
        window.succeeded();
        assertThat(window.hasRoom(now)).isTrue();
        window.sent();
        assertThat(window.failed(now)).isEqualTo(100);
    }

    @Test
    void countsFailuresDuringAPauseAsOne() {
        window.sent();
        window.sent();
        assertThat(window.failed(0)).isEqualTo(100);
        assertThat(window.failed(40)).isEqualTo(60);
        window.sent();
        assertThat(window.failed(100)).isEqualTo(200);
    }

    private int fill() {
        int sent = 0;
        while (window.hasRoom(0)) {
            window.sent();
            sent++;
        }
        return sent;
    }

    private void succeed(int times) {
        for (int i = 0; i < times; i++) {
            window.succeeded();
        }
    }
}
