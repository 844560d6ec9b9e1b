import { lauxlib, lua, lualib, to_jsstring, to_luastring, type LuaState } from 'fengari';

/** What a script returns when it is given this value as the global `obj`: its table as an object of texts. */
export function runLua(script: string, obj: unknown): Readonly<Record<string, string>> {
  const state = lauxlib.luaL_newstate();
  lualib.luaL_openlibs(state);
  push(state, obj);
  lua.lua_setglobal(state, to_luastring('obj'));
  if (lauxlib.luaL_dostring(state, to_luastring(script)) !== lua.LUA_OK) throw new Error(lua.lua_tojsstring(state, -1));
  const result: Record<string, string> = {};
  lua.lua_pushnil(state);
  while (lua.lua_next(state, -2) !== 0) {
    result[lua.lua_tojsstring(state, -2)] = to_jsstring(lua.lua_tostring(state, -1));
    lua.lua_pop(state, 1);
  }
  return result;
}

function push(state: LuaState, value: unknown): void {
  if (typeof value === 'string') lua.lua_pushstring(state, to_luastring(value));
  else if (typeof value === 'number') lua.lua_pushnumber(state, value);
  else if (typeof value === 'boolean') lua.lua_pushboolean(state, value);
  else if (typeof value !== 'object' || value === null) lua.lua_pushnil(state);
  else {
    lua.lua_newtable(state);
    const entries: readonly (readonly [unknown, unknown])[] = Array.isArray(value)
      ? value.map((item, index) => [index + 1, item] as const)
      : Object.entries(value);
    for (const [key, item] of entries) {
      push(state, key);
      push(state, item);
      lua.lua_settable(state, -3);
    }
  }
}
