/** The engine at work: cases started and steered, tasks completed, and every event recorded where features look for it. */
package org.closedloop.engine.running;
