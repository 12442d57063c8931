package org.closedloop.ground;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import org.closedloop.organisation.Area;
import org.closedloop.organisation.Organisation;
import org.closedloop.problem.InvalidInput;

/**
 * Reads an outline somebody brings: a GeoJSON feature, collection or bare area. Keeps what a map needs of it and refuses
 * what is none, naming the feature that is wrong.
 */
final class GeoJson {

  private static final int MOST_FEATURES = 500;
  private static final int MOST_POINTS = 50_000;
  private static final int LONGEST_NAME = 60;
  /** A metre, about. */
  private static final double PRECISION = 1e5;

  private final Organisation organisation;
  private int points;

  private GeoJson(Organisation organisation) {
    this.organisation = organisation;
  }

  /** @throws InvalidInput when it is no outline, or a larger one than a browser should draw */
  static List<CountyMap.Feature> read(JsonNode given, Organisation organisation) {
    if (given == null || !given.isObject()) {
      throw wrong("outline", "请提供 GeoJSON 对象（FeatureCollection、Feature、Polygon 或 MultiPolygon）。",
          "Give a GeoJSON object: a FeatureCollection, a Feature, a Polygon or a MultiPolygon.");
    }
    GeoJson reading = new GeoJson(organisation);
    List<CountyMap.Feature> features = new ArrayList<>();
    if (given.path("type").asText().equals("FeatureCollection")) {
      JsonNode all = given.path("features");
      if (!all.isArray() || all.isEmpty() || all.size() > MOST_FEATURES) {
        throw wrong("outline.features", "应有 1 到 " + MOST_FEATURES + " 个要素。",
            "There must be 1 to " + MOST_FEATURES + " features.");
      }
      for (int i = 0; i < all.size(); i++) {
        features.add(reading.feature(all.get(i), "outline.features[" + i + "]"));
      }
    } else {
      features.add(reading.feature(given, "outline"));
    }
    return features;
  }

  private CountyMap.Feature feature(JsonNode given, String where) {
    boolean bare = !given.path("type").asText().equals("Feature");
    CountyMap.Geometry geometry = geometry(bare ? given : given.path("geometry"), where);
    JsonNode said = given.path("properties");
    String code = text(said, "code", "adcode", "gb");
    Area area = code == null ? null : organisation.area(code).orElse(null);
    String name = area != null ? area.name() : text(said, "name");
    if (name != null && name.length() > LONGEST_NAME) {
      throw wrong(where, "名称最长 " + LONGEST_NAME + " 个字。", "A name has at most " + LONGEST_NAME + " characters.");
    }
    String level = area != null ? area.level() : text(said, "level");
    return new CountyMap.Feature(new CountyMap.Properties(area == null ? null : area.code(), name,
        level == null ? "county" : level.toLowerCase(Locale.ROOT).equals("county") ? "county" : "township",
        center(said, where)), geometry);
  }

  private CountyMap.Geometry geometry(JsonNode given, String where) {
    JsonNode coordinates = given.path("coordinates");
    return switch (given.path("type").asText()) {
      case "Polygon" -> new CountyMap.Geometry(List.of(polygon(coordinates, where)));
      case "MultiPolygon" -> {
        List<List<List<List<Double>>>> all = new ArrayList<>();
        for (JsonNode one : filled(coordinates, where)) {
          all.add(polygon(one, where));
        }
        yield new CountyMap.Geometry(all);
      }
      default -> throw wrong(where, "只能是面（Polygon 或 MultiPolygon）。", "Only areas (Polygon or MultiPolygon) are drawn.");
    };
  }

  private List<List<List<Double>>> polygon(JsonNode given, String where) {
    List<List<List<Double>>> rings = new ArrayList<>();
    for (JsonNode ring : filled(given, where)) {
      List<List<Double>> line = new ArrayList<>();
      for (JsonNode point : filled(ring, where)) {
        line.add(point(point, where));
      }
      if (line.size() < 4) {
        throw wrong(where, "边界线至少要有 4 个点（首尾相同）。", "A ring has at least four points, the last like the first.");
      }
      points += line.size();
      if (points > MOST_POINTS) {
        throw wrong(where, "边界点过多（最多 " + MOST_POINTS + " 个），请先简化（例如 mapshaper）。",
            "Too many points (at most " + MOST_POINTS + "); simplify the outline first.");
      }
      rings.add(line);
    }
    return rings;
  }

  private static List<Double> center(JsonNode said, String where) {
    JsonNode given = said.path("center");
    return given.isArray() ? point(given, where) : null;
  }

  private static List<Double> point(JsonNode given, String where) {
    if (!given.isArray() || given.size() < 2 || !given.get(0).isNumber() || !given.get(1).isNumber()) {
      throw wrong(where, "每个点应为 [经度, 纬度]。", "Every point is [longitude, latitude].");
    }
    double lng = given.get(0).asDouble();
    double lat = given.get(1).asDouble();
    if (!(Math.abs(lng) <= 180 && Math.abs(lat) <= 85)) {
      throw wrong(where, "坐标应为经纬度 [经度, 纬度]，单位为度；投影坐标请先转换为 WGS-84。",
          "Points are [longitude, latitude] in degrees; convert projected coordinates to WGS-84 first.");
    }
    return List.of(Math.round(lng * PRECISION) / PRECISION, Math.round(lat * PRECISION) / PRECISION);
  }

  private static JsonNode filled(JsonNode list, String where) {
    if (!list.isArray() || list.isEmpty()) {
      throw wrong(where, "坐标为空或格式不对。", "The coordinates are empty or malformed.");
    }
    return list;
  }

  private static String text(JsonNode said, String... names) {
    for (String name : names) {
      String text = said.path(name).asText("");
      if (!text.isBlank()) {
        return text.strip();
      }
    }
    return null;
  }

  private static InvalidInput wrong(String where, String zh, String en) {
    return InvalidInput.at(where, zh, en);
  }
}
