package dev.cairn.merge.conflicts;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * One way of naming a conflict copy: what stands between the original's name and its extension, or around them.
 *
 * @param tool who names so
 * @param certain whether only a sync tool names so
 * @param regex the whole name, with the groups {@code stem} and {@code ext}, and if it has them {@code date} and {@code
 *     time}
 */
record NamePattern(SyncTool tool, boolean certain, Pattern regex) {
    private static final String DATE = "(?<date>\\d{4}-\\d{2}-\\d{2})";

    /** "Conflict" as the tools spell it in the languages they speak. */
    private static final String CONFLICT = "(?:conflict|konflikt|conflit|konflik|motstrid|"
            + "modstrid|конфликт|конфлікт|ristiriit|ristiriidassa|ütköz|çakış|çelişen|σύγκρουση|בהתנגשות|تعارض|"
            + "ขัดแย้ง|xung đột|競合|冲突|衝突|충돌)";

    /** "Copy" as file managers put it behind a name. */
    private static final String COPY =
            "(?:copy|kopie|copie|copia|cópia|kopia|kopi|kopio|másolat|kopya|копия|копія|" + "コピー|副本|複製|拷貝|복사본)";

    /** "Copy of" as file managers put it before a name. */
    private static final String COPY_OF =
            "(?:copy of|kopie von|kopie van|copie de|copia de|copia di|cópia de|kopia|kopi av|kopi af)";

    /** Names which Windows, macOS and clouds give to computers nobody named. */
    private static final String GENERIC_HOST = "(?:(?:DESKTOP|LAPTOP|WIN|SURFACE)-[A-Z0-9]{4,15}"
            + "|ip-\\d+-\\d+-\\d+-\\d+|[\\p{L}\\p{N}]+(?:s-)?-?(?:MacBook(?:-Pro|-Air)?|iMac|Mac-mini)"
            + "|[\\p{L}\\p{N}]+-(?i:pc|laptop|desktop))";

    static final List<NamePattern> ALL = List.of(
            sure(SyncTool.SYNCTHING, "\\.sync-conflict-(?<date>\\d{8})-(?<time>\\d{6})(?:-[A-Z2-7]{7})?"),
            sure(SyncTool.NEXTCLOUD, " \\(conflicted copy (?:[^()]* )?" + DATE + " (?<time>\\d{6})\\)"),
            sure(SyncTool.NEXTCLOUD, "_conflict-(?<date>\\d{8})-(?<time>\\d{6})"),
            sure(SyncTool.DROPBOX, " \\((?:.*['’]s )?conflicted copy(?: " + DATE + ")?(?: \\d+)?(?: ?\\(\\d+\\))?\\)"),
            sure(
                    SyncTool.DROPBOX,
                    " \\((?i:case|unicode encoding|selective sync|white ?space|shared folder)[ -](?i:conflict)"
                            + "(?: \\(?\\d+\\)?)?\\)"),
            sure(SyncTool.FOLDER_SYNC, " \\(conflict_on_" + DATE + "\\)"),
            after(SyncTool.SEAFILE, " \\(SFConflict (?:[^()]* )?" + DATE + "-(?<time>\\d{2}-\\d{2}-\\d{2})\\)"),
            sure(SyncTool.SEAFILE, " \\(SFConflict [^()]*\\)"),
            sure(
                    SyncTool.DROPBOX,
                    " ?\\((?=[^()]*" + DATE + ")(?=[^()]*(?iu:" + CONFLICT + "))[^()]*(?:\\(\\d+\\))?\\)"),
            sure(SyncTool.SYNOLOGY, "_[^_]+_[A-Z][a-z]{2}-\\d{2}-\\d{4}-\\d{4}_\\w*(?i:conflict|character|space)\\w*"),
            sure(SyncTool.RESILIO, "\\.Conflict\\d*"),
            after(SyncTool.RESILIO, "\\.Conflict\\d*"),
            sure(SyncTool.PCLOUD, " ?\\[(?i:conflicted)\\]"),
            sure(SyncTool.GOOGLE_DRIVE, " ?\\[(?i:conflict)(?: \\d+)?\\]"),
            sure(SyncTool.SYNC_COM, " ?\\((?i:conflicted)(?: \\d+)?\\)"),
            sure(SyncTool.UNISON, " ?\\((?i:conflict(?: copy)?)(?: #?\\d+)?\\)"),
            unsure(SyncTool.SYNC_COM, " ?\\((?i:[^()]*\\bconflict(?:ed)?(?: copy)?(?: \\d+)?)\\)"),
            sure(SyncTool.RCLONE, "\\.conflict\\d+"),
            after(SyncTool.RCLONE, "\\.conflict\\d+"),
            sure(SyncTool.ONEDRIVE, "-[\\p{L}\\p{N}_]+(?:-[\\p{L}\\p{N}_]+)*?-safeBackup-\\d{4}"),
            unsure(SyncTool.ONEDRIVE, "-" + GENERIC_HOST + "(?:-\\d+)?"),
            unsure(SyncTool.FILE_MANAGER, " - (?iu:" + COPY + ")(?: \\(\\d+\\))?"),
            unsure(SyncTool.FILE_MANAGER, " (?iu:" + COPY + ")(?: \\d+)?"),
            before(SyncTool.FILE_MANAGER, "(?iu:" + COPY_OF + ") "),
            unsure(SyncTool.MEGA, " \\(\\d{1,3}\\)"),
            unsure(SyncTool.ICLOUD, " (?:[2-9]|[1-9]\\d)"));

    private static NamePattern sure(SyncTool tool, String infix) {
        return new NamePattern(tool, true, infix(infix));
    }

    private static NamePattern unsure(SyncTool tool, String infix) {
        return new NamePattern(tool, false, infix(infix));
    }

    private static NamePattern after(SyncTool tool, String suffix) {
        return new NamePattern(tool, true, Pattern.compile("(?<stem>.+)" + suffix));
    }

    private static NamePattern before(SyncTool tool, String prefix) {
        return new NamePattern(tool, false, Pattern.compile(prefix + "(?<stem>.+)"));
    }

    private static Pattern infix(String infix) {
        return Pattern.compile("(?<stem>.*?)" + infix + "(?<ext>(?:\\.[^.]*)?)");
    }

    /** All patterns, with those for computers whose names are known. */
    static List<NamePattern> with(Set<String> hosts) {
        List<NamePattern> all = new ArrayList<>(ALL);
        hosts.stream()
                .filter(host -> !host.isBlank())
                .map(host -> unsure(SyncTool.ONEDRIVE, "-(?iu:" + Pattern.quote(host) + ")(?:-\\d+)?"))
                .forEach(all::add);
        return List.copyOf(all);
    }
}
