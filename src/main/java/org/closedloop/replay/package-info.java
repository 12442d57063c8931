/**
 * A program of its own beside the server: sends a file of citizens' messages through the public API and then plays
 * every official until all cases have ended. It knows the API and nothing of the product's inside.
 */
package org.closedloop.replay;
