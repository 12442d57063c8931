/**
 * The only importer of {@code org.camunda}: implements the ports that features declare and is used by nobody. This
 * package itself only sets the engine up; {@code vocabulary} is what models may say, {@code check} the rules they are
 * held to, {@code guard} the walls inside the engine, {@code models} how they get in.
 */
package org.closedloop.engine;
