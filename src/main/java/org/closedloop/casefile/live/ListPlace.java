package org.closedloop.casefile.live;

import org.closedloop.organisation.Sight;

/**
 * Where a list has changed: whose item it is, and where its case lies.
 *
 * @param areaPath as {@link org.closedloop.organisation.Area#path}
 */
public record ListPlace(String unit, String areaPath) {

  /** Whether the lists of somebody who sees this far may show it. */
  public boolean concerns(Sight sight) {
    return sight.county() || sight.units().contains(unit)
        || sight.areaPath() != null && areaPath != null && areaPath.startsWith(sight.areaPath());
  }
}
