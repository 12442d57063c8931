/** What exists only in the demo profile: its county, its people and their accounts, its clock, its sample cases. */
package org.closedloop.demo;
