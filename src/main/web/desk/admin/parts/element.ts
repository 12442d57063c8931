/** The styles of the Element Plus parts that only pages of administration use. */
import 'element-plus/theme-chalk/el-date-picker-panel.css'
import 'element-plus/theme-chalk/el-date-picker.css'
import 'element-plus/theme-chalk/el-drawer.css'
