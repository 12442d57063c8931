package org.closedloop.casefile;

import java.util.Locale;
import org.closedloop.problem.InvalidInput;

/**
 * A stretch of the map in degrees (WGS 84). West and south belong to it, east and north do not, so that stretches side
 * by side share no case.
 */
public record Bounds(double west, double south, double east, double north) {

  private static final int MOST = 120;

  /**
   * @param text {@code lng1,lat1,lng2,lat2}, the south-western corner first; null or empty for none
   * @throws InvalidInput when it is anything else
   */
  public static Bounds of(String text) {
    if (text == null || text.isEmpty()) {
      return null;
    }
    String[] parts = text.length() > MOST ? new String[0] : text.split(",", -1);
    double[] d = new double[parts.length];
    for (int i = 0; i < parts.length; i++) {
      d[i] = degrees(parts[i]);
    }
    if (d.length != 4 || !(-180 <= d[0] && d[0] < d[2] && d[2] <= 180 && -90 <= d[1] && d[1] < d[3] && d[3] <= 90)) {
      throw InvalidInput.at("bbox", "请按“经度1,纬度1,经度2,纬度2”填写地图范围，西南角在前，例如 111.2,38.5,111.9,39.0。",
          "Give the stretch of the map as lng1,lat1,lng2,lat2, the south-western corner first, for example "
              + "111.2,38.5,111.9,39.0.");
    }
    return new Bounds(d[0], d[1], d[2], d[3]);
  }

  private static double degrees(String text) {
    // what Java also reads as a number (NaN, 1e3, 0x1p3, 1d) nobody means here
    return text.matches("-?[0-9]{1,3}(\\.[0-9]{1,50})?") ? Double.parseDouble(text) : Double.NaN;
  }

  /** What both have in common; they must overlap. */
  public Bounds within(Bounds other) {
    return new Bounds(Math.max(west, other.west), Math.max(south, other.south), Math.min(east, other.east),
        Math.min(north, other.north));
  }

  /** As {@link #of} reads it. */
  public String text() {
    return plain(west) + "," + plain(south) + "," + plain(east) + "," + plain(north);
  }

  /** Every digit, so that reading it gives the same number; never 1.0E-4. */
  private static String plain(double degrees) {
    return String.format(Locale.ROOT, "%s", new java.math.BigDecimal(degrees + 0.0).stripTrailingZeros()
        .toPlainString());
  }
}
