package org.closedloop.board;

/** What is behind each number of {@link Lights}: the address that lists exactly the cases it counted. */
public record Links(String total, String green, String yellow, String red, String grey, String none) {

  /** @param query what the list of open cases is narrowed to, empty or beginning with {@code &} */
  public static Links open(String query) {
    String all = "/api/cases?open=true" + query;
    return new Links(all, all + "&light=green", all + "&light=yellow", all + "&light=red", all + "&light=grey",
        all + "&light=none");
  }
}
