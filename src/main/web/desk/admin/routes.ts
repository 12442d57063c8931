import type { RouteRecordRaw } from 'vue-router'

/** Addresses of the pages of administration, below /admin. */
export const administration: RouteRecordRaw[] = [
  { path: '/admin', redirect: '/admin/people' },
  { path: '/admin/people', name: 'admin-people', component: () => import('./people/PeoplePage.vue') },
  { path: '/admin/units', name: 'admin-units', component: () => import('./units/UnitsPage.vue') },
  { path: '/admin/areas', name: 'admin-areas', component: () => import('./areas/AreasPage.vue') },
  { path: '/admin/categories', name: 'admin-categories', component: () => import('./categories/CategoriesPage.vue') },
  { path: '/admin/leave', name: 'admin-leave', component: () => import('./leave/LeavePage.vue') },
  { path: '/admin/calendar', name: 'admin-calendar', component: () => import('./calendar/CalendarPage.vue') },
  { path: '/admin/duty-list', name: 'admin-duty', component: () => import('./duty/DutyPage.vue') },
  { path: '/admin/replies', name: 'admin-replies', component: () => import('./replies/RepliesPage.vue') },
  { path: '/admin/notices', name: 'admin-notices', component: () => import('./notices/NoticesPage.vue') },
  { path: '/admin/case-types', name: 'admin-types', component: () => import('./types/TypesPage.vue') },
  { path: '/admin/acts', name: 'admin-acts', component: () => import('./acts/ActsPage.vue') },
]
