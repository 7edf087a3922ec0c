package dev.cairn.merge.doctor;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a doctor found, and what was mended.
 *
 * @param folder the synced folder
 * @param state this device's state directory, if that can be told
 * @param files Cairn files that were looked at
 * @param found what is wrong now, the worst first
 * @param mended what was wrong and is not any more
 * @param unmended one line each: what mending could not do, and why
 */
public record DoctorReport(
        Path folder,
        Optional<Path> state,
        long files,
        List<Diagnosis> found,
        List<Diagnosis> mended,
        List<String> unmended) {
    public DoctorReport {
        found = List.copyOf(found);
        mended = List.copyOf(mended);
        unmended = List.copyOf(unmended);
    }

    /** Whether nothing is found but what is harmless. */
    public boolean isWell() {
        return found.stream().allMatch(diagnosis -> diagnosis.cause().severity() == Severity.HARMLESS);
    }
}
