import { BarChart, LineChart } from 'echarts/charts'
import { GridComponent, TooltipComponent } from 'echarts/components'
import { init, use, type ECharts } from 'echarts/core'
import { SVGRenderer } from 'echarts/renderers'

/** Of ECharts, only what the boards draw. As SVG: it prints, and it stays sharp on a wall. */
use([BarChart, LineChart, GridComponent, TooltipComponent, SVGRenderer])

export { init, type ECharts }
