/** 权责清单: which unit answers for which matter, on what basis, since when, and why, in versions. */
package org.closedloop.dutylist;
