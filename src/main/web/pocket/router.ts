import { createRouter, createWebHistory } from 'vue-router'

/** Addresses of the pocket, below /m. */
export const router = createRouter({
  history: createWebHistory('/m'),
  routes: [
    { path: '/', redirect: '/work' },
    { path: '/work', name: 'work', component: () => import('./WorkPocket.vue') },
    { path: '/cases', name: 'cases', component: () => import('./CasesPocket.vue') },
    { path: '/cases/:number', name: 'case', component: () => import('./CasePocket.vue'), props: true },
    { path: '/board', name: 'board', component: () => import('./BoardPocket.vue') },
    { path: '/scorecards', name: 'scorecards', component: () => import('./ScorecardsPocket.vue') },
    { path: '/report', name: 'report', component: () => import('./ReportPocket.vue') },
    { path: '/me', name: 'me', component: () => import('./MePocket.vue') },
    { path: '/inbox', name: 'inbox', component: () => import('./InboxPocket.vue') },
    { path: '/login', redirect: '/work' },
    { path: '/:rest(.*)*', name: 'nowhere', component: () => import('./NowherePocket.vue') },
  ],
})
