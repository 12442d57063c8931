package org.closedloop.casefile.category;

/**
 * 事项分类. The code says where it stands: {@code 06}, {@code 0601}, {@code 060101}; "is a kind of" is a prefix test.
 *
 * @param level   1 to 3
 * @param parent  code of the category above, null at the top
 * @param retired not offered for new cases any more; old cases keep it
 */
public record Category(String code, int level, String parent, String name, String nameEn, boolean retired) {}
