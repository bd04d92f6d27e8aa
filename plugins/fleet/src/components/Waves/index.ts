export { WaveFields } from './WaveFields';
export * from './waves';
