package org.closedloop.casefile;

/** 反映人: who reported. Personal data; name and phone are null when anonymous. */
public record Reporter(String name, String phone, boolean anonymous) {

  public static final Reporter ANONYMOUS = new Reporter(null, null, true);
}
