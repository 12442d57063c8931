-- The engine's history is written with every step and read by nobody here: the legal record are our own entries. Of its
-- indexes those stay that its clean-up and its own look-ups by instance need. The others (tenants, statistics, searches of
-- its cockpit) were a third of what a completion writes. An upgrade script of the engine that drops one of these by name
-- needs it made again first.
drop index act_idx_hi_act_inst_start_end;
drop index act_idx_hi_act_inst_end;
drop index act_idx_hi_act_inst_comp;
drop index act_idx_hi_act_inst_stats;
drop index act_idx_hi_act_inst_tenant_id;
drop index act_idx_hi_act_inst_proc_def_key;
drop index act_idx_hi_ai_pdefid_end_time;
drop index act_idx_hi_task_inst_tenant_id;
drop index act_idx_hi_task_inst_proc_def_key;
drop index act_idx_hi_taskinstid_procinst;
drop index act_idx_hi_task_inst_start;
drop index act_idx_hi_task_inst_end;
drop index act_idx_hi_procvar_name_type;
drop index act_idx_hi_casevar_case_inst;
drop index act_idx_hi_var_inst_tenant_id;
drop index act_idx_hi_var_inst_proc_def_key;
drop index act_idx_hi_var_pi_name_type;
drop index act_idx_hi_varinst_name;
drop index act_idx_hi_pro_inst_end;
drop index act_idx_hi_pro_inst_tenant_id;
drop index act_idx_hi_pro_inst_proc_def_key;
drop index act_idx_hi_pro_inst_proc_time;
drop index act_idx_hi_pi_pdefid_end_time;
drop index act_idx_hi_pro_rst_pro_inst_id;
-- Variables of tenants and of batches: there are none.
drop index act_idx_variable_tenant_id;
drop index act_idx_batch_id;
