package org.closedloop.organisation;

import java.util.List;

/**
 * What one person may see, the only input of the visibility rule. The command centre and county leaders see every
 * case; people of a township see what lies in it; village and grid people what lies in theirs; everybody sees the
 * cases their unit is or was concerned with. Designers and administrators, holding no other post, see none.
 *
 * @param county    sees everything in the county
 * @param areaPath  prefix of the paths of areas seen, null when sight does not follow the ground (departments)
 * @param units     the person's unit and the units below it; empty when the person sees no case
 * @param reporters may see who reported (personal data): everywhere with {@code county}, otherwise in the cases that
 *                  one of {@code units} leads
 */
public record Sight(boolean county, String areaPath, List<String> units, boolean reporters) {

  /** Does this person see no case at all? */
  public boolean nothing() {
    return !county && areaPath == null && units.isEmpty();
  }

  /** The same of everything but who reported: people whose sights then are equal may share what was counted or read. */
  public Sight withoutReporters() {
    return new Sight(county, areaPath, units, false);
  }

  /** May this person see who reported a case that {@code leadUnit} leads? Null while nobody leads it yet. */
  public boolean reportersOf(String leadUnit) {
    return reporters && (county || leadUnit != null && units.contains(leadUnit));
  }
}
