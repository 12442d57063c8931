import { createRouter, createWebHistory } from 'vue-router'
import NowherePage from './NowherePage.vue'
import { administration } from './admin/routes'

/** Addresses of the desk. The server opens the desk for each of them; web/pages/PageAddresses names them too. */
export const router = createRouter({
  history: createWebHistory(),
  routes: [
    { path: '/', redirect: '/work' },
    { path: '/login', redirect: '/work' },
    { path: '/work', name: 'work', component: () => import('./worklist/WorkPage.vue') },
    { path: '/new', name: 'new', component: () => import('./newcase/NewCasePage.vue') },
    { path: '/cases', name: 'cases', component: () => import('./cases/CasesPage.vue') },
    { path: '/cases/:number', name: 'case', component: () => import('./case/CasePage.vue'), props: true },
    { path: '/inbox', name: 'inbox', component: () => import('./inbox/InboxPage.vue') },
    { path: '/me', name: 'me', component: () => import('./me/MePage.vue') },
    { path: '/board', name: 'board', component: () => import('./board/BoardPage.vue') },
    { path: '/board/wall', name: 'wall', component: () => import('./board/WallPage.vue') },
    { path: '/scorecards', name: 'scorecards', component: () => import('./scorecards/ScorecardsPage.vue') },
    { path: '/scorecards/report', name: 'month-report', component: () => import('./scorecards/MonthReport.vue') },
    ...administration,
    { path: '/:rest(.*)*', name: 'nowhere', component: NowherePage },
  ],
})
