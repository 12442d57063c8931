package org.closedloop.organisation;

import java.util.List;

/**
 * What one person may see, the only input of the visibility rule. County-wide people (the command centre, supervisors,
 * county leaders, administrators) see every case; people of a township see what lies in it; village and grid people
 * what lies in theirs; everybody sees the cases their unit is or was concerned with.
 *
 * @param county    sees everything in the county
 * @param areaPath  prefix of the paths of areas seen, null when sight does not follow the ground (departments)
 * @param units     the person's unit and the units below it
 * @param reporters may see who reported (personal data)
 */
public record Sight(boolean county, String areaPath, List<String> units, boolean reporters) {}
