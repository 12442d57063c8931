/** Keeps the organisation up: lists, changes by administrators, CSV in and out, accounts and their passwords. */
package org.closedloop.organisation.upkeep;
