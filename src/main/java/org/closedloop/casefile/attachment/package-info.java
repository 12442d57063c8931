/**
 * 附件: pictures and documents of a case file. {@code gate} decides what may come in and cleans it, the store keeps the
 * bytes, {@link org.closedloop.casefile.attachment.Attachments} ties both to cases and to sight.
 */
package org.closedloop.casefile.attachment;
