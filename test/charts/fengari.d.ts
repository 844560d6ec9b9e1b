/** As much of the Lua interpreter as the tests use; it brings no types of its own. */
declare module 'fengari' {
  export interface LuaState {
    readonly l_G: unknown;
  }
  type Text = Uint8Array;
  export function to_luastring(text: string): Text;
  export function to_jsstring(text: Text): string;
  export const lualib: { luaL_openlibs(state: LuaState): void };
  export const lauxlib: {
    luaL_newstate(): LuaState;
    luaL_dostring(state: LuaState, script: Text): number;
  };
  export const lua: {
    readonly LUA_OK: number;
    lua_setglobal(state: LuaState, name: Text): void;
    lua_settable(state: LuaState, at: number): void;
    lua_newtable(state: LuaState): void;
    lua_next(state: LuaState, at: number): number;
    lua_pop(state: LuaState, count: number): void;
    lua_pushnil(state: LuaState): void;
    lua_pushstring(state: LuaState, text: Text): void;
    lua_pushnumber(state: LuaState, value: number): void;
    lua_pushboolean(state: LuaState, value: boolean): void;
    lua_tostring(state: LuaState, at: number): Text;
    lua_tojsstring(state: LuaState, at: number): string;
  };
}
