/** How models get in: from the jar, a folder or a call, one deployment per folder, checked, the last good one stays. */
package org.closedloop.engine.models;
