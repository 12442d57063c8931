package org.closedloop.ground;

import com.fasterxml.jackson.annotation.JsonIgnore;
import java.util.List;

/**
 * What a map of this county is drawn on.
 *
 * @param outline  a GeoJSON feature collection, WGS-84; without features where no outline was imported
 * @param source   whose outline it is, as the map has to say; null when nothing was said
 * @param approval 审图号, the number under which the map was approved; null where it needs none
 * @param tiles    address of tiles on this host, {@code /tiles/{z}/{x}/{y}.png}; null: outlines only
 * @param version  what a browser that has this one already says, so that it is not sent again
 */
record CountyMap(Outline outline, String source, String approval, String tiles, @JsonIgnore String version) {

  record Outline(String type, List<Feature> features) {

    Outline(List<Feature> features) {
      this("FeatureCollection", features);
    }
  }

  record Feature(String type, Properties properties, Geometry geometry) {

    Feature(Properties properties, Geometry geometry) {
      this("Feature", properties, geometry);
    }
  }

  /**
   * @param code   of the area, null where it is none of this county's
   * @param level  {@code county}, or what lies in it
   * @param center {@code [lng, lat]} where its name stands, null: in its middle
   */
  record Properties(String code, String name, String level, List<Double> center) {}

  /** Always a {@code MultiPolygon}: polygons, each its rings, each ring its points {@code [lng, lat]}. */
  record Geometry(String type, List<List<List<List<Double>>>> coordinates) {

    Geometry(List<List<List<List<Double>>>> coordinates) {
      this("MultiPolygon", coordinates);
    }
  }
}
