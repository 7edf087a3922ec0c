package dev.cairn.system.bench.folder;

import dev.cairn.system.bench.folder.YearWorkload.Day;
import java.util.List;
import java.util.Locale;
import java.util.function.ToDoubleFunction;

/** A year as a table for programs and as a drawing for people. */
final class YearPlot {
    private static final int WIDTH = 720;
    private static final int HEIGHT = 200;
    private static final int LEFT = 80;
    private static final int GAP = 70;

    private final List<Day> year;
    private final int devices;
    private final int edits;

    YearPlot(List<Day> year, int devices, int edits) {
        this.year = year;
        this.devices = devices;
        this.edits = edits;
    }

    String csv() {
        StringBuilder csv = new StringBuilder("day,changes,files,folder_bytes,store_bytes\n");
        for (Day day : year) {
            csv.append(String.format(
                    Locale.ROOT,
                    "%d,%d,%d,%d,%d%n",
                    day.number(),
                    day.changes(),
                    day.files(),
                    day.folderBytes(),
                    day.storeBytes()));
        }
        return csv.toString().replace("\r\n", "\n");
    }

    String svg() {
        StringBuilder svg = new StringBuilder();
        svg.append(String.format(
                Locale.ROOT,
                "<svg xmlns=\"http://www.w3.org/2000/svg\" viewBox=\"0 0 %d %d\" font-family=\"sans-serif\""
                        + " font-size=\"12\">%n<rect width=\"100%%\" height=\"100%%\" fill=\"#fff\"/>%n",
                LEFT + WIDTH + 20,
                3 * (HEIGHT + GAP) + 10));
        String who = devices + " devices, " + edits + " changes a day each";
        curve(svg, 0, "files in the folder (" + who + ")", Day::files, 1);
        curve(svg, 1, "bytes in the folder, in KiB", Day::folderBytes, 1024);
        curve(svg, 2, "bytes in a device's own store, in KiB", Day::storeBytes, 1024);
        return svg.append("</svg>\n").toString().replace("\r\n", "\n");
    }

    private void curve(StringBuilder svg, int row, String title, ToDoubleFunction<Day> value, double unit) {
        double most = year.stream().mapToDouble(value).max().orElse(1) / unit;
        int top = 40 + row * (HEIGHT + GAP);
        StringBuilder points = new StringBuilder();
        for (int i = 0; i < year.size(); i++) {
            double x = LEFT + (double) WIDTH * i / Math.max(1, year.size() - 1);
            double y = top + HEIGHT * (1 - value.applyAsDouble(year.get(i)) / unit / Math.max(1, most));
            points.append(String.format(Locale.ROOT, "%.1f,%.1f ", x, y));
        }
        svg.append(String.format(Locale.ROOT, "<text x=\"%d\" y=\"%d\">%s</text>%n", LEFT, top - 12, title));
        svg.append(String.format(
                Locale.ROOT, "<path d=\"M%d %dv%dh%d\" fill=\"none\" stroke=\"#888\"/>%n", LEFT, top, HEIGHT, WIDTH));
        label(svg, LEFT - 6, top + 4, "end", String.format(Locale.ROOT, "%.0f", most));
        label(svg, LEFT - 6, top + HEIGHT + 4, "end", "0");
        label(svg, LEFT, top + HEIGHT + 18, "middle", "day 1");
        label(svg, LEFT + WIDTH, top + HEIGHT + 18, "middle", "day " + year.size());
        svg.append("<polyline fill=\"none\" stroke=\"#1a6\" stroke-width=\"1.5\" points=\"")
                .append(points.toString().strip())
                .append("\"/>\n");
    }

    private static void label(StringBuilder svg, int x, int y, String anchor, String text) {
        svg.append(String.format(
                Locale.ROOT, "<text x=\"%d\" y=\"%d\" text-anchor=\"%s\">%s</text>%n", x, y, anchor, text));
    }
}
