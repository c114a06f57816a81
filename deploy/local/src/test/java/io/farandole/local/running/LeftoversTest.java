package io.farandole.local.running;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class LeftoversTest {

    private static final Ports PORTS = new Ports(1, 2, 3);

    private final List<String> news = new ArrayList<>();

    @TempDir Path parent;

    @Test
    void areDeleted() throws IOException {
        DataDirectory killed = demonstration(Instance.Phase.READY, Duration.ofHours(1));
        Path data = Files.createDirectory(parent.resolve("postgres"));
        clear();
        assertThat(killed.path()).doesNotExist();
        assertThat(data).exists();
        assertThat(news).singleElement().asString().contains(killed.toString());
    }

    @Test
    void stayWhereSomethingRuns() throws IOException {
        DataDirectory running = demonstration(Instance.Phase.READY, Duration.ofHours(1));
        try (InstanceLock _ = InstanceLock.take(running)) {
            clear();
        }
        assertThat(running.path()).exists();
    }

    @Test
    void stayWhereSomethingJustStarts() {
        DataDirectory fresh = DataDirectory.fresh(parent);
        clear();
        assertThat(fresh.path()).exists();
    }

    @Test
    void stayWhereTheNewestFailed() throws IOException {
        DataDirectory older = demonstration(Instance.Phase.FAILED, Duration.ofHours(2));
        DataDirectory newest = demonstration(Instance.Phase.FAILED, Duration.ofHours(1));
        clear();
        assertThat(older.path()).doesNotExist();
        assertThat(newest.path()).exists();
    }

    private void clear() {
        new Leftovers(parent, news::add).clear();
    }

    private DataDirectory demonstration(Instance.Phase phase, Duration ago) throws IOException {
        DataDirectory directory = DataDirectory.fresh(parent);
        directory.create();
        Instance.ofThisProcess(phase, "", PORTS).save(directory);
        Files.setLastModifiedTime(directory.path(), FileTime.from(Instant.now().minus(ago)));
        return directory;
    }
}
