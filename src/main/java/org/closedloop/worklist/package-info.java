/** Who must do what now: open work items, the forms they ask, the answers, and what may happen beside them. */
package org.closedloop.worklist;
