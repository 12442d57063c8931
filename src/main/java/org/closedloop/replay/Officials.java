package org.closedloop.replay;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;
import org.closedloop.replay.Api.Account;

/** The accounts that are played, by unit and post. */
final class Officials {

  private final Map<String, List<Account>> byUnitAndPost = new HashMap<>();
  private final Map<String, Account> byName = new HashMap<>();

  /** The accounts a demo server offers to everybody. @throws Api.Refused when the server is no demo */
  static Officials ofDemo(Api api) {
    Officials all = new Officials();
    for (JsonNode a : api.mustGet(null, "/api/public/demo-accounts")) {
      List<String> posts = new ArrayList<>();
      a.get("posts").forEach(p -> posts.add(p.asText()));
      all.add(new Account(a.get("username").asText(), a.get("password").asText()),
          a.get("unit").get("code").asText(), posts);
    }
    return all;
  }

  /** From a CSV with the columns {@code username,password,unit,posts}; posts are separated by blanks. */
  static Officials ofFile(Path file) throws IOException {
    Officials all = new Officials();
    try (CSVParser rows = CSVParser.parse(Files.newBufferedReader(file, StandardCharsets.UTF_8),
        CSVFormat.RFC4180.builder().setHeader().setSkipHeaderRecord(true).get())) {
      for (CSVRecord row : rows) {
        all.add(new Account(row.get("username"), row.get("password")), row.get("unit"),
            List.of(row.get("posts").strip().split("[ ;]+")));
      }
    }
    return all;
  }

  private void add(Account account, String unit, List<String> posts) {
    byName.put(account.username(), account);
    posts.forEach(p -> byUnitAndPost.computeIfAbsent(unit + ":" + p, k -> new ArrayList<>()).add(account));
  }

  /** Everybody who holds that post in that unit. @throws IllegalStateException when nobody does */
  List<Account> in(String unit, String post) {
    List<Account> found = byUnitAndPost.get(unit + ":" + post);
    if (found == null) {
      throw new IllegalStateException("no account is known for the post " + post + " in unit " + unit);
    }
    return found;
  }

  boolean has(String unit, String post) {
    return byUnitAndPost.containsKey(unit + ":" + post);
  }

  Account named(String username) {
    return byName.get(username);
  }

  /** The dispatchers, who see every case of the county. */
  List<Account> dispatchers() {
    return byUnitAndPost.entrySet().stream().filter(e -> e.getKey().endsWith(":dispatcher"))
        .flatMap(e -> e.getValue().stream()).toList();
  }

  /** Units with that post, in order of their codes. */
  List<String> unitsWith(String post) {
    return byUnitAndPost.keySet().stream().filter(k -> k.endsWith(":" + post))
        .map(k -> k.substring(0, k.lastIndexOf(':'))).sorted().toList();
  }
}
