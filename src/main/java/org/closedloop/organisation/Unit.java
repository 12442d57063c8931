package org.closedloop.organisation;

/**
 * 单位. {@code area} is the code of the area the unit answers for; {@code parent} the unit above, null at the top.
 */
public record Unit(String code, String name, UnitKind kind, String parent, String area) {}
