import './styles/tokens.css';
import './styles/base.css';
import { CSPProvider } from '@base-ui/react/csp-provider';
import { QueryClientProvider } from '@tanstack/react-query';
import { RouterProvider } from '@tanstack/react-router';
import { StrictMode } from 'react';
import { createRoot } from 'react-dom/client';
import { createQueryClient } from './api/query-client.ts';
import { createConsoleRouter } from './router.tsx';
import { loadOtherPages } from './shell/load-other-pages.ts';
import { applyTheme, rememberedTheme } from './shell/theme.ts';

applyTheme(rememberedTheme());

const element = document.getElementById('root');
if (element === null) throw new Error('index.html has no element #root to draw the console in');

const queryClient = createQueryClient();
const router = createConsoleRouter(queryClient);
loadOtherPages(router);

createRoot(element).render(
  <StrictMode>
    <CSPProvider disableStyleElements>
      <QueryClientProvider client={queryClient}>
        <RouterProvider router={router} />
      </QueryClientProvider>
    </CSPProvider>
  </StrictMode>,
);
