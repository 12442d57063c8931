/** What can go wrong, said as facts: the shared vocabulary of refusals. Depends on nothing. */
package org.closedloop.problem;
