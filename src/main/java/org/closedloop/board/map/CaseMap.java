package org.closedloop.board.map;

import java.time.OffsetDateTime;
import java.util.List;
import org.closedloop.board.Lights;
import org.closedloop.board.Links;
import org.closedloop.board.Named;

/**
 * Open cases within a stretch of the map.
 *
 * @param at       when it was counted
 * @param zoom     what the clusters were made for
 * @param points   cases that stand alone at this zoom
 * @param clusters cases that stand together
 * @param unplaced cases anywhere whose place is not known, by the area they lie in
 */
record CaseMap(OffsetDateTime at, int zoom, List<Point> points, List<Cluster> clusters, List<Unplaced> unplaced) {

  record Point(String number, String title, double lng, double lat, String light, String process, String stage) {}

  /**
   * @param lng   middle of its cases, not of its square
   * @param light the worst of its cases, in this order: red, yellow, green, grey, none
   * @param bbox  its square, cut to the stretch asked for: {@code lng1,lat1,lng2,lat2}
   */
  record Cluster(double lng, double lat, String light, Lights lights, String bbox, Links links) {}

  record Unplaced(Named area, Lights lights, Links links) {}
}
