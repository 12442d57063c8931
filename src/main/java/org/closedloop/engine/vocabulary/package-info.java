/** The small closed language of models: every function, delegate and variable a model may name, with its meaning. */
package org.closedloop.engine.vocabulary;
