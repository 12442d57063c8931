package org.closedloop.casefile.search;

import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Table {@code case_words}, kept by a trigger of {@code case_file}. */
@Mapper
interface CaseWordsMapper {

  /** Numbers of cases whose number, title or text holds all words; any {@code most} of them. */
  @Select("""
      select w.case_number from case_words w
       where bigrams(w.words) @> array(select search_bigrams(#{words}))
         and w.words like all (array(select search_patterns(#{words})))
       limit #{most}
      """)
  List<String> numbers(String words, int most);

  /** Numbers of cases whose reporter's name and phone hold all words; any {@code most} of them. */
  @Select("""
      select r.case_number from case_reporter r
       where bigrams(reporter_words(r.name, r.phone)) @> array(select search_bigrams(#{words}))
         and reporter_words(r.name, r.phone) like all (array(select search_patterns(#{words})))
       limit #{most}
      """)
  List<String> numbersByReporter(String words, int most);

  /** Open cases whose title shares pieces with this one, or whose place is near; place may be null. */
  @Select("""
      select c.number, c.title, left(c.description, #{longest}) as text, c.area_path, c.lng, c.lat, c.opened_at
        from alike_candidates(#{title}, #{lng}, #{lat}) a join case_file c on c.number = a.case_number
      """)
  List<Matter> candidates(String title, Double lng, Double lat, int longest);

  /** Title and beginning of the newest cases, in one text each. */
  @Select("""
      select title || ' ' || left(description, #{longest}) from case_file
       order by opened_at desc, number desc limit #{most}
      """)
  List<String> newest(int most, int longest);
}
