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

  @Select("select case_number, likeness from similar_cases(#{title}, #{description}, #{area}, "
      + "#{lng}, #{lat}, #{most})")
  List<CaseSearch.Alike> alike(String title, String description, String area, Double lng, Double lat, int most);
}
