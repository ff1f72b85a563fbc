// SPDX-License-Identifier: MIT
import DefaultTheme from 'vitepress/theme-without-fonts';
import './wide-tables.css';

export default DefaultTheme;
