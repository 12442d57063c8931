package org.closedloop.board;

/** Open cases by light; {@code none}: without any running deadline. */
public record Lights(long total, long green, long yellow, long red, long grey, long none) {

  public static final Lights ZERO = new Lights(0, 0, 0, 0, 0, 0);

  /** @param light as {@link org.closedloop.casefile.Light#SQL} names it */
  public Lights plus(String light, long cases) {
    return new Lights(total + cases,
        green + (light.equals("green") ? cases : 0), yellow + (light.equals("yellow") ? cases : 0),
        red + (light.equals("red") ? cases : 0), grey + (light.equals("grey") ? cases : 0),
        none + (light.equals("none") ? cases : 0));
  }

  public Lights plus(Lights more) {
    return new Lights(total + more.total, green + more.green, yellow + more.yellow, red + more.red, grey + more.grey,
        none + more.none);
  }

  /** The colour a cluster is shown in. */
  public String worst() {
    return red > 0 ? "red" : yellow > 0 ? "yellow" : green > 0 ? "green" : grey > 0 ? "grey" : "none";
  }
}
