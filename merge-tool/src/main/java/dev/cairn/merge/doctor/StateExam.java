package dev.cairn.merge.doctor;

import dev.cairn.replica.LocalFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermission;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;

/** This device's own state: its keys, and its store. */
final class StateExam {
    private static final Set<PosixFilePermission> OWNERS =
            Set.of(PosixFilePermission.OWNER_READ, PosixFilePermission.OWNER_WRITE, PosixFilePermission.OWNER_EXECUTE);

    private StateExam() {}

    static List<Diagnosis> of(LocalFacts facts) {
        List<Diagnosis> found = new ArrayList<>();
        boolean exposed = isOpenToOthers(facts.keysFile());
        if (exposed) {
            found.add(new Diagnosis(
                    Cause.KEYS_EXPOSED, facts.keysFile().toString(), "can be read or changed by other users"));
        }
        switch (facts.identity()) {
            case MISSING ->
                found.add(new Diagnosis(Cause.NO_IDENTITY, facts.directory().toString(), "holds no keys"));
            case OTHER_SPACE ->
                found.add(new Diagnosis(Cause.WRONG_KEYS, facts.directory().toString(), facts.identityProblem()));
            case UNUSABLE -> {
                if (!exposed) {
                    found.add(new Diagnosis(Cause.KEYS_DAMAGED, facts.keysFile().toString(), facts.identityProblem()));
                }
            }
            case FOUND ->
                facts.storeProblems().stream()
                        .limit(1)
                        .forEach(problem -> found.add(new Diagnosis(
                                Cause.STORE_DAMAGED, facts.storeFile().toString(), problem)));
        }
        return found;
    }

    /** Whether anybody but its user may do anything with a file; no where there are no such rights, or no file. */
    static boolean isOpenToOthers(Path file) {
        try {
            return Files.exists(file)
                    && file.getFileSystem().supportedFileAttributeViews().contains("posix")
                    && !OWNERS.containsAll(Files.getPosixFilePermissions(file));
        } catch (IOException unknown) {
            return false;
        }
    }
}
