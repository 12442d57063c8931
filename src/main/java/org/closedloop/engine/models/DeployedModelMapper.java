package org.closedloop.engine.models;

import java.util.List;
import org.apache.ibatis.annotations.Mapper;
import org.apache.ibatis.annotations.Select;

/** Reads which models the engine has, by the folder they came from; the engine's own queries cannot ask that. */
@Mapper
interface DeployedModelMapper {

  /** @param kind {@code bpmn}, {@code dmn} or {@code form} */
  record DeployedModel(String key, String kind, String unit, int version, long running) {}

  /** Lets only one node at a time decide whether a folder has changed; ends with the transaction. */
  @Select("select 1 from (select pg_advisory_xact_lock(hashtextextended(#{unit}, 7240))) as locked")
  int lock(String unit);

  /** The content stamp of the folder's latest deployment; by the process's version, as clocks may be moved. */
  @Select("""
      select d.source_
      from act_re_deployment d
      left join act_re_procdef p on p.deployment_id_ = d.id_ and p.key_ = d.name_
      where d.name_ = #{unit}
      order by p.version_ desc nulls last, d.deploy_time_ desc
      limit 1
      """)
  String latestStamp(String unit);

  @Select("""
      select d.name_
      from (select 'process' as kind, key_, version_, deployment_id_ from act_re_procdef
            union all select 'decision', key_, version_, deployment_id_ from act_re_decision_def
            union all select 'form', key_, version_, deployment_id_ from act_re_camformdef) m
      join act_re_deployment d on d.id_ = m.deployment_id_
      where m.kind = #{kind} and m.key_ = #{key}
      order by m.version_ desc
      limit 1
      """)
  String ownerOf(String kind, String key);

  /** Every version of every model with the cases that run on it, oldest version first. */
  @Select("""
      select m.key_ as key, m.kind, d.name_ as unit, m.version_ as version,
             case when m.kind = 'bpmn' then
               (select count(*) from act_ru_execution e where e.proc_def_id_ = m.id_ and e.parent_id_ is null)
             else 0 end as running
      from (select 'bpmn' as kind, id_, key_, version_, deployment_id_ from act_re_procdef
            union all select 'dmn', id_, key_, version_, deployment_id_ from act_re_decision_def
            union all select 'form', id_, key_, version_, deployment_id_ from act_re_camformdef) m
      join act_re_deployment d on d.id_ = m.deployment_id_
      order by d.name_, m.kind, m.key_, m.version_
      """)
  List<DeployedModel> all();
}
