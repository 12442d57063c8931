package org.closedloop.demo.cases;

import java.util.List;
import org.closedloop.csv.CsvRow;
import org.closedloop.csv.CsvTable;

/**
 * One row of {@code reference/demo/cases.csv}: what is reported, by whom, when, and how far it goes.
 *
 * @param reporter empty for an anonymous report
 * @param reported {@code 3d0930}: 09:30 three office days ago; {@code 40m}: forty minutes ago
 * @param course   the steps after the report, see {@link Course}
 * @param found    what the unit finds
 * @param done     what it does about it
 */
record Matter(String id, String title, String description, String category, String area, String place, double lng,
    double lat, String channel, String urgency, String reporter, String phone, String reported, String course,
    String found, String done) {

  private static final List<String> COLUMNS = List.of("id", "title", "description", "category", "area", "place", "lng",
      "lat", "channel", "urgency", "reporter", "phone", "reported", "course", "found", "done");

  static List<Matter> shipped() {
    return CsvTable.resource("reference/demo/cases.csv", COLUMNS, List.of()).rows().stream().map(Matter::of).toList();
  }

  private static Matter of(CsvRow r) {
    return new Matter(r.text("id"), r.text("title"), r.text("description"), r.text("category"), r.text("area"),
        r.text("place"), Double.parseDouble(r.text("lng")), Double.parseDouble(r.text("lat")), r.text("channel"),
        r.text("urgency"), r.text("reporter"), r.text("phone"), r.text("reported"), r.text("course"), r.text("found"),
        r.text("done"));
  }

  boolean byCitizen() {
    return channel.equals("citizen-page");
  }
}
