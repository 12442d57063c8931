/** How reports come in and how reporters follow them: officials, the public page, later imports and Open311. */
package org.closedloop.intake;
