/**
 * What may come in as a file, and in which state: type by content, size before decoding, pictures painted anew. Knows
 * nothing of cases, people or storage; depends only on problem.
 */
package org.closedloop.casefile.attachment.gate;
