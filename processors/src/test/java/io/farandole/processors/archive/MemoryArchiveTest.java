package io.farandole.processors.archive;

class MemoryArchiveTest extends ArchiveContract<MemoryArchive> {

    @Override
    protected MemoryArchive archive(int retentionDays) {
        return new MemoryArchive(retentionDays);
    }
}
