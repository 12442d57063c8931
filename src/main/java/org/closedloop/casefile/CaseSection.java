package org.closedloop.casefile;

import org.closedloop.organisation.Official;

/**
 * One part of the case page that another feature knows: open items, deadlines, attachments, actions. The register asks
 * every section there is, so that it need not know the features.
 */
public interface CaseSection {

  /** The JSON member it fills, e.g. {@code openItems}. */
  String name();

  /** What this reader is shown; the reader may see the case. */
  Object read(CaseFile file, Official reader);
}
