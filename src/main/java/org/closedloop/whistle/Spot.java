package org.closedloop.whistle;

/** A place on the ground, in degrees (WGS 84 or whatever the phones and the map agree on). */
record Spot(double lng, double lat) {

  private static final double EARTH_RADIUS = 6_371_008.8;

  /** Null when either number is missing. */
  static Spot of(Object lng, Object lat) {
    return lng instanceof Number x && lat instanceof Number y ? new Spot(x.doubleValue(), y.doubleValue()) : null;
  }

  /** Metres on the ground, by the haversine formula: exact enough to tell the yard from the next village. */
  int metresTo(Spot other) {
    double dLat = Math.toRadians(other.lat - lat) / 2;
    double dLng = Math.toRadians(other.lng - lng) / 2;
    double a = Math.sin(dLat) * Math.sin(dLat)
        + Math.cos(Math.toRadians(lat)) * Math.cos(Math.toRadians(other.lat)) * Math.sin(dLng) * Math.sin(dLng);
    return (int) Math.round(2 * EARTH_RADIUS * Math.asin(Math.min(1, Math.sqrt(a))));
  }
}
